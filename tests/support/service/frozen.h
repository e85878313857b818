/* Copies of the report of a month as no program of today would keep them. */
#ifndef CUNYI_TEST_FROZEN_H
#define CUNYI_TEST_FROZEN_H

#include "app/service/app.h"

/* One as it stands in the file: text of size bytes, packed in body. */
void frozen_keep(struct app *app, const char *period, const char *hash, size_t size, const void *body, size_t n);
/* The newest once more, as a program kept it that did not know the indicator yet. */
void frozen_keep_without(struct app *app, const char *period, const char *code);
/* As one kept it that did not have the sheet yet. */
void frozen_keep_without_sheet(struct app *app, const char *period, const char *name);
/* With another text at one place. */
void frozen_keep_but_for(struct app *app, const char *period, const char *here, const char *there);

#endif
