"""Stretches of the way that many notes share, with the working minutes that they take."""

from delivery.sample.walk import Walk

AGREED = "約定次日送貨，卸貨口有叉車，到前一小時電話通知。"


def to_release(walk: Walk, *, agreed: str = AGREED, stop_before_release: bool = False) -> Walk:
    """3.1.1 to 3.1.3: drawn up, inspected, agreed, arranged, submitted and released."""
    walk.then(0, walk.create).then(25, walk.inspect).then(20, walk.talk, agreed=agreed)
    walk.then(60, walk.schedule).then(45, walk.acknowledge).then(30, walk.submit)
    return walk if stop_before_release else walk.then(70, walk.release)


def to_verified(walk: Walk) -> Walk:
    """3.1.4: every line counted and right."""
    return walk.then(60, walk.start).then(6, walk.count_rest).then(30, walk.complete)


def to_transit(walk: Walk) -> Walk:
    """3.2.2: vehicle, goods issue, the driver's count and signature."""
    return walk.then(20, walk.assign).then(15, walk.issue).then(25, walk.load)


def closed_on_screen(walk: Walk) -> Walk:
    """3.2.2: the customer signs on a telephone, which closes the note."""
    return walk.then(170, walk.arrive).then(35, walk.sign)


def closed_by_paper(walk: Walk) -> Walk:
    """3.2.2: the driver brings the paper back the next day, and it is filed."""
    return walk.then(170, walk.arrive).then(520, walk.sign_on_paper).then(90, walk.file)
