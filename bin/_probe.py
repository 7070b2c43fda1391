"""Does a service answer here? `postgresql URL…` prints the first URL that does; `redis URL`.

Exit 0 where one answers, 1 where none does. A PostgreSQL must let its user create databases,
since the tests make their own and never touch another.
"""

import sys

SECONDS = 3


def postgresql(*urls: str) -> int:
    import dj_database_url
    import psycopg2

    for url in urls:
        parts = dj_database_url.parse(url)
        try:
            connection = psycopg2.connect(
                host=parts["HOST"],
                port=parts["PORT"] or None,
                user=parts["USER"] or None,
                password=parts["PASSWORD"] or None,
                dbname=parts["NAME"],
                connect_timeout=SECONDS,
            )
        except psycopg2.Error:
            continue
        with connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            )
            may_create = cursor.fetchone()[0]
        connection.close()
        if may_create:
            sys.stdout.write(url + "\n")
            return 0
    return 1


def redis(url: str) -> int:
    from redis import Redis, RedisError

    try:
        Redis.from_url(url, socket_connect_timeout=SECONDS).ping()
    except (RedisError, ValueError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit({"postgresql": postgresql, "redis": redis}[sys.argv[1]](*sys.argv[2:]))
