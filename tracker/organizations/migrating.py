"""Operations for migrations: one that creates many triggers, one that changes a list of words."""

from collections.abc import Iterable

from django.db.migrations import RunSQL
from django.db.migrations.state import ProjectState
from pgtrigger import migrations


class AddTrigger(migrations.AddTrigger):
    """pgtrigger's own, without rendering every related model again: no later operation looks at a model's triggers.

    With a hundred triggers in the initial migrations this is a third of the time of the very first start.
    """

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Note the trigger in the model's options."""
        options = state.models[app_label, self.model_name].options
        options["triggers"] = [*options.get("triggers", []), self.trigger]


def words_of(table: str, column: str, words: Iterable[str], before: Iterable[str]) -> RunSQL:
    """A WordField's list has changed: Django's AlterField leaves the check as it was, so it belongs beside it."""
    return RunSQL(_check(table, column, words), _check(table, column, before))


def _check(table: str, column: str, words: Iterable[str]) -> str:
    listed = ", ".join(f"'{word}'" for word in words)
    return f"""ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_check;
               ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_check CHECK ("{column}" IN ({listed}))"""
