# SPDX-License-Identifier: Apache-2.0
"""The small grammars that the clips are read with, in JSGF. Each allows far more than what is said."""

CARDS = """#JSGF V1.0;
grammar cards;
public <hand> = <card> | <rank> <card> | <rank> <rank> | <card> <card> | <card> <card> <card>;
<card> = <rank> of <suit>;
<rank> = ace | two | three | four | five | six | seven | eight | nine | ten | jack | queen | king;
<suit> = clubs | hearts | diamonds | spades;
"""

MOVES = """#JSGF V1.0;
grammar moves;
public <move> = <verb> <direction> [ <number> (meter | meters) ];
<verb> = go | move | turn | look;
<direction> = forward | backward | left | right | up | down;
<number> = one | two | three | four | five | six | seven | eight | nine | ten;
"""

DIGITS = """#JSGF V1.0;
grammar digits;
public <digits> = <digit> <digit> <digit> <digit> <digit>;
<digit> = oh | zero | one | two | three | four | five | six | seven | eight | nine;
"""

SENTENCES = """#JSGF V1.0;
grammar sentences;
public <sentence> = <considering> | <young_man> | <to_be> | <made>;
<considering> = and (mister | lady) john dashwood had (then | no) (leisure | reason) to consider how (much | little)
    there (might | would) be (prudently | hardly) in his power to (do | say) for (them | her);
<young_man> = (he | she | it) was (not | never | but) an ill (disposed | tempered | mannered) (young | old) (man | dog);
<to_be> = unless to be rather (cold | warm) hearted and rather (selfish | silly) is to be (ill | well) disposed;
<made> = (he | she) might (even | never) have been made (amiable | angry | respectable) (himself | herself | again);
"""

ALL = {"cards": CARDS, "moves": MOVES, "digits": DIGITS, "sentences": SENTENCES}
