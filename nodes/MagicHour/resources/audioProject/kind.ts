export { audioProjectKind } from '../../api/projectKinds';
