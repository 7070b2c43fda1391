"""Texts found by a part of them, by pairs of characters: the index and the lookup `holds`.

A Chinese word has two characters, for which PostgreSQL's own trigram index finds nothing. So the
function `bigrams` gives all pairs of neighbours in a text, an index keeps them, and
`search_text__holds="寧波"` asks for the rows that have all pairs of the word and then the word itself.
Elsewhere `holds` reads the texts one by one, from an ordinary index instead of the whole table.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import connections
from django.db.models import CharField, Func, Index, Lookup, Q, QuerySet, TextField
from django.db.models.lookups import Contains

# Up to so many rows are looked up once and then read by their keys. Of a list as many as it counts;
# but SQLite works out all columns of all rows before it sorts them, so there only a few pages.
FEW = 2_000
LISTED = {"postgresql": 10_000, "sqlite": 200}

# The pairs that begin at even places and those at odd ones; a lone last character does no harm.
# One expression without a query in it: PostgreSQL writes it into the statement, which is several
# times as fast as a call for each row.
_FUNCTION = r"""
CREATE OR REPLACE FUNCTION bigrams(text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT array_remove(string_to_array(
    regexp_replace($1, '..', E'\\&\x01', 'g') || E'\x01' ||
    regexp_replace(substr($1, 2), '..', E'\\&\x01', 'g'), E'\x01'), '')
$$"""


def create(connection) -> None:
    """Make the function where the database is PostgreSQL."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_FUNCTION)


def drop(connection) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION IF EXISTS bigrams(text)")


def take_time(apps, schema_editor) -> None:
    """For a migration that makes an index: a million texts take about a minute."""
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")


def pairs_of(text: str) -> list[str]:
    """Each two neighbours in the text, once."""
    return list(dict.fromkeys(text[place : place + 2] for place in range(len(text) - 1)))


class Bigrams(Func):
    """The SQL function, for the index."""

    function = "bigrams"
    arity = 1


class BigramIndex(Index):
    """An index for `holds` on a column or an expression.

    Elsewhere than on PostgreSQL an ordinary one. Pairs are written at once (no pending list), since a
    writer who has to clear up after others waits a hundred times as long.
    """

    def __init__(self, *expressions, name: str):
        super().__init__(*expressions, name=name)

    def create_sql(self, model, schema_editor, using="", **kwargs):
        if schema_editor.connection.vendor != "postgresql":
            return super().create_sql(model, schema_editor, using=using, **kwargs)
        pairs = [Bigrams(expression) for expression in self.expressions]
        return GinIndex(*pairs, name=self.name, fastupdate=False).create_sql(model, schema_editor)


@CharField.register_lookup
@TextField.register_lookup
class Holds(Lookup):
    """Contains, with the help of a BigramIndex; the caller folds both sides.

    The word stands before its pairs: reading row by row, PostgreSQL compares what is cheap first.
    And it is no LIKE, whose guess of how rare a word is would be multiplied with that of the index,
    until every word seems rare. A word of one character has no pairs: all texts are read.
    """

    lookup_name = "holds"
    prepare_rhs = False  # the word stays a word also where the text is an expression

    def as_sql(self, compiler, connection):
        return compiler.compile(Contains(self.lhs, self.rhs))

    def as_postgresql(self, compiler, connection):
        if not self.rhs_is_direct_value() or len(self.rhs) < 2:
            return self.as_sql(compiler, connection)
        text, parameters = self.process_lhs(compiler, connection)
        return (
            f"(strpos({text}, %s) > 0 AND bigrams({text}) @> %s::text[])",
            [*parameters, self.rhs, *parameters, pairs_of(self.rhs)],
        )


def narrow(rows: QuerySet, condition: Q, *, most: int | None = None) -> QuerySet:
    """The rows that fulfil a condition with `holds` in it; where they are few, by their keys.

    A page in an order of its own tempts PostgreSQL to walk that order until it has met enough rows: all
    of them for a customer who has long stopped buying. And elsewhere the texts are read once, not
    for the count and again for the page. `most`: how many are few, if other than for a list.
    """
    keys = keys_of(rows.filter(condition), most=most or LISTED[connections[rows.db].vendor])
    return rows.filter(condition if isinstance(keys, QuerySet) else Q(pk__in=keys))


def keys_of(
    rows: QuerySet, plain: QuerySet | None = None, *, most: int | None = None
) -> list | QuerySet:
    """For `…__in`: the keys of the rows where they are few, else the query for them.

    `plain`: the same rows without the index, which for a word that most texts have is quicker.
    """
    query = rows.order_by().values_list("pk", flat=True)
    most = most or FEW
    keys = list(query[: most + 1])
    if len(keys) <= most:
        return keys
    return query if plain is None else plain.order_by().values("pk")
