"""Many people who write while what the web stands on is gone for a moment, and come again to what was not answered."""

from scripts import services
from tests.faults.bells import flush, kill
from tests.faults.crowds import open_door, people_who_write, reckoned, written_through
from tests.faults.figures import Figures
from tests.faults.place import Place


def database(place: Place, stops: int, writers: int = 6) -> Figures:
    """PostgreSQL stopped at once with requests in hand, and started again."""
    with open_door(place) as (port, _door):

        def strike(_number: int) -> None:
            place.stop_database()
            place.start_database()

        crowd = people_who_write(place, port, writers)
        back = written_through(crowd, stops, strike)
    return reckoned("PostgreSQL stopped: people write", place, crowd, back)


def memory(place: Place, blows: int, writers: int = 6) -> Figures:
    """Redis killed and flushed in turn, with requests in hand."""
    with services.redis() as server, open_door(place, REDIS_URL=server.url) as (port, _door):

        def strike(number: int) -> None:
            (flush if number % 2 else kill)(server)

        crowd = people_who_write(place, port, writers)
        back = written_through(crowd, blows, strike)
    return reckoned("Redis killed, flushed: people write", place, crowd, back)
