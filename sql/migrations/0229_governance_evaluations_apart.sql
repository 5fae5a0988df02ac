-- 0229 · governance · evaluations of trainings that tell nobody
-- The identifiers of evaluations told when each was made, and their day narrowed it down; the chain says who evaluated
-- when. Identifiers are random from now on, no day is kept, and the server records the act. What is there gets new
-- identifiers and is written anew in the order of these, so that no place in the table tells what came after what.
-- The chain itself stays as it is: it says of earlier evaluations who made one and when, and nothing to join it with.
-- Locks: governance.training_evaluations, for as long as its rows are written anew. Undo: a later migration.

create temporary table evaluations on commit drop as
select organization_id, gen_random_uuid() as evaluation_id, meeting_id, content, trainer, usefulness, remark, way
from governance.training_evaluations;
delete from governance.training_evaluations;
alter table governance.training_evaluations drop column evaluated_on;
insert into governance.training_evaluations (
    organization_id, evaluation_id, meeting_id, content, trainer, usefulness, remark, way)
select organization_id, evaluation_id, meeting_id, content, trainer, usefulness, remark, way
from evaluations order by evaluation_id;
comment on table governance.training_evaluations is
    'How those who came to a training found it, from 1 to 5: random identifier, no time, nobody''s.';

-- Who evaluated stands in the order in which they did, too.
create temporary table evaluators on commit drop as
select organization_id, meeting_id, person_id from governance.training_evaluators;
delete from governance.training_evaluators;
insert into governance.training_evaluators (organization_id, meeting_id, person_id)
select organization_id, meeting_id, person_id from evaluators order by person_id;
