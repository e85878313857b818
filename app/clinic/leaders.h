/* Fields of a resident that mean nothing without another: whose telephone it is without the telephone.  What is chosen or
 * merged for the one is chosen for all. */
#ifndef CUNYI_LEADERS_H
#define CUNYI_LEADERS_H

/* The key of the field that leads this one ("away_since": "status"), or the key itself. */
const char *field_leader(const char *key);

#endif
