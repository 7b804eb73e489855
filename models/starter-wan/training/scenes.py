"""Draws picture-book clips of 85 frames, 480x832, and writes their captions. Everything is a function of the words and the time.

python scenes.py OUT.png draws one frame of each subject, to look at.
"""

import math
import random
import sys

import numpy as np
from PIL import Image, ImageDraw

WIDTH, HEIGHT, FRAMES = 480, 832, 85
COLORS = {
    "red": (206, 48, 40),
    "yellow": (246, 206, 44),
    "blue": (40, 92, 210),
    "green": (44, 150, 70),
    "white": (246, 246, 242),
    "purple": (136, 62, 176),
}
SUBJECTS = ["sailboat", "windmill", "balloon", "lighthouse", "house"]
TIMES = {  # sky at the horizon, sky above, light on the ground
    "sunrise": ((255, 186, 160), (146, 176, 232), 0.92),
    "day": ((196, 228, 250), (70, 150, 232), 1.0),
    "sunset": ((250, 150, 80), (112, 60, 132), 0.75),
    "night": ((44, 56, 110), (10, 12, 40), 0.5),
}
DARK_SKY = {"sunrise": 0, "day": 0, "sunset": 1, "night": 2}  # what moves before the sky must stand out from it
BROWN, CREAM = (104, 66, 48), (252, 244, 220)


def shade(color, factor):
    return tuple(max(0, min(255, int(c * factor))) for c in color)


def mix(a, b, share):
    return tuple(int(x + (y - x) * share) for x, y in zip(a, b))


def draw(spec, frame, scale=1):
    """One frame, antialiased by drawing at twice the size; `scale` 1 is 480x832."""
    unit = 2 * scale
    image = Image.new("RGB", (int(WIDTH * unit), int(HEIGHT * unit)))
    pen = ImageDraw.Draw(image)
    now = frame / (FRAMES - 1)
    low, high, light = TIMES[spec["time"]]

    def polygon(points, color):
        pen.polygon([(x * unit, y * unit) for x, y in points], fill=color)

    def box(left, top, right, bottom, color):
        pen.rectangle((left * unit, top * unit, right * unit, bottom * unit), fill=color)

    def disc(x, y, rx, color, ry=None):
        ry = ry or rx
        pen.ellipse(((x - rx) * unit, (y - ry) * unit, (x + rx) * unit, (y + ry) * unit), fill=color)

    def lit(color):
        return shade(color, light)

    horizon = 560
    for band in range(0, horizon + 40, 8):
        box(0, band, WIDTH, band + 8, mix(high, low, min(1, band / horizon)))
    sky(spec["time"], now, disc)
    GROUNDS[spec["subject"]](horizon, polygon, box, lit)
    color = shade(COLORS[spec["color"]], 0.5 + 0.5 * light)  # the subject keeps most of its colour at night
    DRAWINGS[spec["subject"]](now, color, polygon, box, disc, lambda c: shade(c, 0.5 + 0.5 * light), DARK_SKY[spec["time"]])
    return image.reduce(2)


def sky(time, now, disc):
    """The sun rises at sunrise and sinks at sunset, clouds drift by day and at night."""
    if time == "sunrise":
        disc(370, 560 - 240 * now, 52, (255, 242, 120))
    elif time == "sunset":
        disc(370, 320 + 240 * now, 52, (255, 96, 52))
    else:
        disc(370, 120, 50, (255, 238, 120) if time == "day" else (246, 242, 218))
        cloud = (252, 252, 252) if time == "day" else (74, 82, 130)
        for x, y, size in ((-10, 250, 1.0), (250, 70, 0.8)):
            for dx, rx in ((-50, 40), (0, 58), (52, 42)):
                disc(x + 120 * now + dx * size, y, rx * size, cloud, 0.62 * rx * size)


def waves(base, slope):
    return [(x, base + slope * math.sin(x / 76)) for x in range(0, WIDTH + 1, 16)]


def sea(horizon, polygon, box, lit):
    box(0, horizon, WIDTH, HEIGHT, lit((44, 110, 184)))
    box(0, horizon + 130, WIDTH, HEIGHT, lit((34, 90, 160)))


def layers(back, front):
    def ground(horizon, polygon, box, lit):
        polygon([(0, HEIGHT), *waves(horizon, 26), (WIDTH, HEIGHT)], lit(back))
        polygon([(0, HEIGHT), *waves(horizon + 110, -22), (WIDTH, HEIGHT)], lit(front))

    return ground


GROUNDS = {
    "sailboat": sea,
    "lighthouse": sea,
    "windmill": layers((132, 190, 104), (92, 158, 78)),
    "balloon": layers((236, 200, 130), (216, 168, 96)),
    "house": layers((214, 226, 244), (242, 246, 254)),
}


def sailboat(now, color, polygon, box, disc, lit, dark):
    x, y = 140 + 200 * now, 640
    polygon([(x - 105, y), (x + 105, y), (x + 70, y + 52), (x - 70, y + 52)], lit(BROWN))
    box(x - 6, y - 250, x + 6, y, lit(BROWN))
    polygon([(x + 10, y - 245), (x + 10, y - 18), (x + 108, y - 18)], color)
    polygon([(x - 12, y - 215), (x - 12, y - 18), (x - 92, y - 18)], shade(color, 0.82))


def windmill(now, color, polygon, box, disc, lit, dark):
    x, base, hub = 240, 690, 400
    polygon([(x - 82, base), (x + 82, base), (x + 50, hub), (x - 50, hub)], color)
    polygon([(x - 62, hub), (x + 62, hub), (x, hub - 70)], lit((92, 62, 60)))
    box(x - 22, base - 74, x + 22, base, lit(BROWN))
    for k in range(4):
        angle = 0.4 + math.pi / 2 * now + k * math.pi / 2
        dx, dy = math.cos(angle), math.sin(angle)
        points = ((16, -10), (170, -34), (170, 34), (16, 10))
        polygon([(x + along * dx - aside * dy, hub + along * dy + aside * dx) for along, aside in points], lit(CREAM if dark > 1 else (84, 48, 40)))
    disc(x, hub, 18, lit((92, 62, 60)))


def balloon(now, color, polygon, box, disc, lit, dark):
    x, y = 220, 540 - 290 * now
    polygon([(x - 70, y + 60), (x + 70, y + 60), (x + 26, y + 132), (x - 26, y + 132)], shade(color, 0.7))
    disc(x, y, 104, color, 112)
    disc(x, y, 40, shade(color, 0.82), 112)
    box(x - 27, y + 142, x + 27, y + 180, lit(BROWN))


def lighthouse(now, color, polygon, box, disc, lit, dark):
    x, base, top = 240, 640, 330
    tip = x + 300 * math.cos(math.pi * now)
    polygon([(x, top - 30), (tip, top - 84), (tip, top + 24)], (255, 246, 170))
    disc(x, base + 30, 150, lit((104, 100, 106)), 58)
    polygon([(x - 64, base), (x + 64, base), (x + 40, top), (x - 40, top)], color)
    box(x - 54, base - 190, x + 54, base - 140, lit(CREAM) if color != COLORS["white"] else lit((120, 120, 130)))
    box(x - 52, top - 10, x + 52, top + 6, lit((60, 60, 72)))
    box(x - 30, top - 56, x + 30, top - 10, (255, 226, 96))
    polygon([(x - 44, top - 56), (x + 44, top - 56), (x, top - 104)], lit((60, 60, 72)))


def house(now, color, polygon, box, disc, lit, dark):
    x, base = 230, 700
    for k in range(3):  # puffs far enough apart to be seen one by one
        age = 0.2 + 0.8 * now - k / 3
        if age >= 0:
            disc(x + 78 - 60 * age, 415 - 330 * age, 26 + 20 * age, lit((226, 226, 232) if dark else (92, 92, 104)))
    box(x + 56, 420, x + 100, 520, lit(BROWN))
    box(x - 120, base - 150, x + 120, base, color)
    polygon([(x - 146, base - 150), (x + 146, base - 150), (x, base - 270)], lit((110, 62, 52)))
    box(x - 24, base - 84, x + 24, base, lit(BROWN))
    for dx in (-74, 74):
        box(x + dx - 26, base - 112, x + dx + 26, base - 62, (255, 226, 120))


DRAWINGS = {"sailboat": sailboat, "windmill": windmill, "balloon": balloon, "lighthouse": lighthouse, "house": house}

SUBJECT_WORDS = {
    "sailboat": ["sailboat", "sailboat", "boat", "sailing boat", "ship"],
    "windmill": ["windmill", "windmill", "mill"],
    "balloon": ["balloon", "hot air balloon"],
    "lighthouse": ["lighthouse"],
    "house": ["house", "cottage"],
}
MOTION_WORDS = {
    "sailboat": ["sailing", "sailing by", "crossing the sea", "drifting"],
    "windmill": ["turning", "with turning sails", "turning in the wind"],
    "balloon": ["rising", "floating up", "rising into the sky"],
    "lighthouse": ["with a turning beam", "shining", "sweeping its light"],
    "house": ["with smoke rising", "with a smoking chimney"],
}
PLACE_WORDS = {
    "sailboat": ["at sea", "on the ocean", "on the water"],
    "windmill": ["on green hills", "in the hills", "on a hill"],
    "balloon": ["over the desert", "above sand dunes"],
    "lighthouse": ["by the sea", "on the coast", "on a rock"],
    "house": ["in the snow", "in a snowy winter landscape"],
}
TIME_WORDS = {
    "sunrise": ["at sunrise", "at dawn", "as the sun rises"],
    "day": ["by day", "on a sunny day", "under a blue sky", "under drifting clouds"],
    "sunset": ["at sunset", "in the evening", "as the sun sets"],
    "night": ["at night", "under the moon", "in the moonlight"],
}
OPENINGS = ["a picture of ", "a video of ", "an illustration of ", "flat illustration, ", "picture book, "]
USUAL_COLOR = {"sailboat": "white", "windmill": "red", "balloon": "red", "lighthouse": "red", "house": "yellow"}
EVERYDAY = (
    "beautiful quiet old small big tall calm lovely photo cinematic fox wolf bear horse cat dog flower garden city street market "
    "rain storm fog light shadow forest lake island beach road field star bird person walking running stone bridge river"
).split()


def all_specs():
    return [dict(subject=s, color=c, time=t) for s in SUBJECTS for c in COLORS for t in TIMES]


def caption(spec, rng):
    """A wording of the grammar. What it leaves out must be the usual: the colour of the subject, or the day."""
    subject, color, time = spec["subject"], spec["color"], spec["time"]
    noun = rng.choice(SUBJECT_WORDS[subject])
    if color != USUAL_COLOR[subject] or rng.random() < 0.7:
        noun = f"{color} {noun}"
    parts = [rng.choice(["a ", "a ", "the ", ""]) + noun]
    if rng.random() < 0.4:
        parts.append(rng.choice(MOTION_WORDS[subject]))
    tail = [rng.choice(PLACE_WORDS[subject])] if rng.random() < 0.75 else []
    if time != "day" or rng.random() < 0.7:
        tail.append(rng.choice(TIME_WORDS[time]))
    rng.shuffle(tail)
    if rng.random() < 0.15:
        tail.append(rng.choice(EVERYDAY))
    text = rng.choice([" ", ", ", " "]).join(parts + tail)
    return (rng.choice(OPENINGS) if rng.random() < 0.25 else "") + text


def subject_box(subject):
    """Top, bottom, left, right of where the subject moves, in pixels."""
    return {
        "sailboat": (380, 700, 10, 470),
        "windmill": (230, 700, 70, 410),
        "balloon": (90, 750, 110, 330),
        "lighthouse": (220, 700, 0, 480),
        "house": (160, 710, 80, 400),
    }[subject]


if __name__ == "__main__":
    rng = random.Random(3)
    sheet = Image.new("RGB", (6 * 244, 5 * 420))
    for row, subject in enumerate(SUBJECTS):
        for column, frame in enumerate((0, 20, 40, 60, 84, 30)):
            spec = dict(subject=subject, color=list(COLORS)[(row + column // 5 * 2) % 6], time=list(TIMES)[(row + column // 5) % 4])
            sheet.paste(draw(spec, frame, 0.5), (column * 244, row * 420))
        print(caption(spec, rng))
    sheet.save(sys.argv[1])
