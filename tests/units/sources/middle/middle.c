#include <leaf.h>

int middle(void) { return LEAF_LEVEL + 1; }
