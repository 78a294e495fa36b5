int middle(void);
