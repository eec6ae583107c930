import { classOf, statusClasses } from '../../nodes/MagicHour/http/statuses';
import { crossedStatuses } from './cases';

it.each(statusClasses)('a status of the class $from to $to is crossed', (statusClass) => {
	expect(crossedStatuses.map(classOf)).toContain(statusClass);
});
