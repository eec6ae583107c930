export { videoProjectKind } from '../../api/projectKinds';
