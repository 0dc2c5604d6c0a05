"""Many people who write while what the web stands on is gone for a moment, and come again to what was not answered."""

import redis

from scripts import services
from tests.faults.bells import answered, flush, kill
from tests.faults.crowds import PEOPLE, Writer, open_door, reckoned, signed_in, written_through
from tests.faults.figures import Figures
from tests.faults.place import Place


def database(place: Place, stops: int, writers: int = 6) -> Figures:
    """PostgreSQL stopped at once with requests in hand, and started again."""
    names = place.inside("writers", people=PEOPLE)
    with open_door(place) as (port, _door):

        def strike(_number: int) -> None:
            place.stop_database()
            place.start_database()

        crowd = [Writer(*each) for each in signed_in(names, port, writers)]
        back = written_through(crowd, stops, strike)
    return reckoned("PostgreSQL stopped: people write", place, crowd, back)


def memory(place: Place, blows: int, writers: int = 6) -> Figures:
    """Redis killed and flushed in turn, each time once it holds something again, with requests in hand."""
    names = place.inside("writers", people=PEOPLE)
    untiring = "tests.faults.untiring"
    with (
        services.redis() as server,
        redis.Redis.from_url(server.url) as client,
        open_door(place, REDIS_URL=server.url, DJANGO_SETTINGS_MODULE=untiring) as (port, _door),
    ):

        def strike(number: int) -> None:
            (flush if number % 2 else kill)(server)

        crowd = [Writer(*each) for each in signed_in(names, port, writers)]
        back = written_through(crowd, blows, strike, lambda: answered(client) and bool(client.dbsize()))
    return reckoned("Redis killed, flushed: people write", place, crowd, back, may_err=False)
