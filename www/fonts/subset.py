"""Makes math.woff2: the characters the page's formulas need of STIX Math, with its MATH table.

The font is in Debian's package fonts-stix (1.1.1). With `pip install fonttools brotli`:

    python3 subset.py /usr/share/fonts/opentype/stix-word/STIXMath-Regular.otf math.woff2
"""

import sys

from fontTools import subset

NAME = "Regplay Math"
# Of a line, in thousandths of its size.
ASCENT, DESCENT = 800, 230
CHARACTERS = (
    "U+20-7E,U+A0,U+AC,U+B0-B3,U+B7,U+B9,U+D7,U+F7,U+131,U+237,U+302,U+303,U+304,U+307,U+308,"
    "U+391-3A9,U+3B1-3C9,U+3D1,U+3D5,U+3F5,U+2010-2016,U+2018-201D,U+2020,U+2026,U+2032-2034,"
    "U+203E,U+2061-2064,U+2070,U+2074-208E,U+20D7,U+210E,U+2115,U+211D,U+2190-2194,U+21A6,U+21D2,"
    "U+21D4,U+2200,U+2202-2203,U+2205-220B,U+220F-2213,U+2215-221A,U+221D-221E,U+2223-222B,U+223C,"
    "U+2245,U+2248,U+2260-2261,U+2264-2265,U+226A-226B,U+2282-2287,U+2295-2299,U+22A4-22A5,U+22C5,"
    "U+22EE-22F1,U+2308-230B,U+23DE-23DF,U+27E8-27E9,U+1D400-1D433,U+1D434-1D467,U+1D468-1D49B,"
    "U+1D49C-1D4B5,U+1D4D0-1D4E9,U+1D53C,U+1D6A4-1D6A5,U+1D6A8-1D6E1,U+1D6E2-1D71B,U+1D7CE-1D7D7"
)


def main(source, target):
    options = subset.Options()
    options.layout_features = ["ssty", "dtls", "flac", "kern"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.hinting = False
    options.desubroutinize = True
    options.flavor = "woff2"
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(CHARACTERS))
    subsetter.subset(font)
    rename(font)
    set_line(font)
    subset.save_font(font, target, options)


def rename(font):
    names = {1: NAME, 3: f"{NAME}: a subset of STIX Math 1.1.1", 4: NAME, 6: NAME.replace(" ", "")}
    for record in font["name"].names:
        record.string = names.get(record.nameID, record.toUnicode())
    table = font["CFF "].cff
    table.fontNames = [names[6]]
    table.topDictIndex[0].FullName = table.topDictIndex[0].FamilyName = NAME


def set_line(font):
    """A line is as high as its letters: the font's own is as high as its tallest brackets, for which Firefox leaves room."""
    line, more = font["hhea"], font["OS/2"]
    line.ascent = more.sTypoAscender = more.usWinAscent = ASCENT
    line.descent = more.sTypoDescender = -DESCENT
    more.usWinDescent = DESCENT
    line.lineGap = more.sTypoLineGap = 0


if __name__ == "__main__":
    main(*sys.argv[1:])
