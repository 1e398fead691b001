"""Which row a slug of the files leads to."""

from dataclasses import dataclass, field

from django.db import models


@dataclass
class Known:
    """Primary keys by slug and slugs by primary key, one map per table of the database."""

    keys: dict[type[models.Model], dict[str, int]] = field(default_factory=dict)
    slugs: dict[type[models.Model], dict[int, str]] = field(default_factory=dict)

    def learn(self, model: type[models.Model], slug: str, key: int) -> None:
        """A record has this slug. A second slug of the same record leads to it and is not its name."""
        self.keys.setdefault(model, {})[slug] = key
        self.slugs.setdefault(model, {}).setdefault(key, slug)

    def key(self, model: type[models.Model], slug: str) -> int:
        """The primary key of the record with this slug. Raises KeyError."""
        return self.keys[model][slug]

    def slug(self, model: type[models.Model], key: int) -> str:
        """The slug of a record."""
        return self.slugs[model][key]
