/* Linked into the program of `make asan` only: what libraries never give back.  A journey starts the program with an empty
 * environment, so LSAN_OPTIONS would not reach it. */

const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
	return "leak:new_prescr\n"; /* ncurses keeps its screen-less state when newterm() fails for an unknown TERM */
}
