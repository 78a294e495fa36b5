int leaf(void) { return LEVEL; }
