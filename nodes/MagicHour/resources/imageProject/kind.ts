export { imageProjectKind } from '../../api/projectKinds';
