"""What a saved search finds: promises, partnerships and questions in whose words every word of it begins one.

The words of a record are its own text and the names around it: who, of what, with what, where. PostgreSQL's full text
compares them, both as English stems them and as they stand; as on the search page, words that English leaves out
(the, of, or) narrow nothing down. The one place that knows the words of a record: feeds,
calendars, the planner and the audit all ask here, each for the records it needs.
"""

import re
import unicodedata
from typing import Literal

from django.db.models.expressions import RawSQL

LONGEST = 200
MOST_WORDS = 12
_WORD = re.compile(r"[^\W_]+")

Kind = Literal["commitment", "partnership", "question"]


def normal_search(text: str) -> str:
    """The words of `text` in lower case with single spaces, at most 12 words and 200 characters; "" if it has none.

    Two texts that look for the same are the same afterwards, and nothing is left that a query could stumble over.
    """
    words = _WORD.findall(unicodedata.normalize("NFKC", text).lower())[:MOST_WORDS]
    whole = " ".join(words)
    return whole if len(whole) <= LONGEST else whole[: LONGEST + 1].rpartition(" ")[0] or whole[:LONGEST]


def query(words: str) -> str:
    """SQL of the tsquery for a normal search, not an empty one; `words` is SQL that gives its text, used twice."""
    return " || ".join(
        f"to_tsquery('{config}', replace({words}, ' ', ':* & ') || ':*')" for config in ("english", "simple")
    )


def documents(kind: Kind, ids: str) -> str:
    """SQL that selects `id` and `document` (tsvector) of the records of this kind; `ids` is SQL that selects theirs."""
    return f"""
        SELECT id, to_tsvector('english', words) || to_tsvector('simple', words) AS document
        FROM (
            SELECT id, left(translate(words, '{_SIGNS}', '{" " * len(_SIGNS)}'), {_READ}) AS words
            FROM ({_WORDS[kind]} WHERE it.id IN ({ids})) written
            OFFSET 0  -- so that PostgreSQL collects the words once and not once for each language
        ) told"""


def matching(kind: Kind, search: str, among: str = "") -> RawSQL:
    """The ids of the records of this kind that a normal search finds, for a QuerySet's `pk__in`; none for "".

    `among` is SQL that selects the ids to look at; without it, all are read, at some 30 µs each.
    """
    if not search:
        return RawSQL("SELECT NULL::bigint WHERE false", [])
    known = documents(kind, among or f"SELECT id FROM {_TABLES[kind]}")
    found = f"SELECT id FROM ({known}) known WHERE document @@ ({query('%s')})"
    return RawSQL(found, [search, search])  # noqa: S611  (tables and columns of ours; the words are parameters)


_TABLES: dict[Kind, str] = {
    "commitment": "commitments_commitment",
    "partnership": "partnerships_partnership",
    "question": "record_question",
}
_SIGNS = "/_.:@-"
"""Signs that PostgreSQL reads as parts of a path, a host, an address or a negative number; here words end at them."""
_READ = 100_000
"""Characters of a record that are read: PostgreSQL refuses to make a document of a megabyte."""


def _organization(pk: str) -> str:
    return f"""(SELECT concat_ws(' ', name, (SELECT string_agg(a.name, ' ') FROM organizations_alias a
                                             WHERE a.organization_id = o.id))
                FROM organizations_organization o WHERE o.id = {pk})"""


def _technology(pk: str) -> str:
    return f"(SELECT name FROM organizations_technology WHERE id = {pk})"


def _products(where: str) -> str:
    """Their names, other names, makers and technologies."""
    aliases = "(SELECT string_agg(a.name, ' ') FROM organizations_productalias a WHERE a.product_id = p.id)"
    words = f"concat_ws(' ', p.name, {aliases}, {_organization('p.vendor_id')}, {_technology('p.technology_id')})"
    return f"(SELECT string_agg({words}, ' ') FROM organizations_product p WHERE {where})"


def _place(organization: str) -> str:
    """Names and codes of where an organisation is and of all that lies around it."""
    return f"""(WITH RECURSIVE around AS (
                    SELECT place.* FROM organizations_place place
                    JOIN organizations_organization seated ON seated.place_id = place.id
                    WHERE seated.id = {organization}
                    UNION SELECT place.* FROM organizations_place place JOIN around ON around.parent_id = place.id
                ) SELECT string_agg(concat_ws(' ', name, code), ' ') FROM around)"""


def _of(link: str, column: str, owner: str) -> str:
    return f"(SELECT {column} FROM {link} WHERE {owner} = it.id)"


_BOUND = f"""(SELECT string_agg({_organization("b.organization_id")}, ' ')
              FROM commitments_commitment_binds b WHERE b.commitment_id = it.id)"""
_TECHNOLOGIES = f"""(SELECT string_agg({_technology("t.technology_id")}, ' ')
                     FROM commitments_commitment_technologies t WHERE t.commitment_id = it.id)"""

_WORDS: dict[Kind, str] = {
    "commitment": f"""
        SELECT it.id, concat_ws(' ', it.title, it.covers, it.subject, it."where", {_organization("it.actor_id")},
            {_BOUND}, {_TECHNOLOGIES}, {_place("it.actor_id")},
            {_products("p.id IN " + _of("commitments_commitment_products", "product_id", "commitment_id"))}) AS words
        FROM commitments_commitment it""",
    "partnership": f"""
        SELECT it.id, concat_ws(' ', {_organization("it.vendor_id")}, {_organization("it.client_id")},
            {_organization("it.via_id")}, it.via_words, {_products("p.id = it.product_id")},
            {_technology("it.technology_id")}, {_place("it.client_id")}) AS words
        FROM partnerships_partnership it""",
    "question": f"""
        SELECT it.id, concat_ws(' ', it.text, {_organization("it.asked_of_id")}, {_organization("it.asked_by_id")},
            it.asked_by_words,
            {_products("p.id IN " + _of("record_question_products", "product_id", "question_id"))}) AS words
        FROM record_question it""",
}
