#include "app/base/i18n.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <unistd.h>

/* gettext's own state: catalogues are looked up anew when it changes (documented in gettext's manual, 11.2.7). */
extern int _nl_msg_cat_cntr;

static bool chinese = true;

/* The folder beside the binary counts only with our catalogue in it: /usr/bin/locale is a program of glibc's. */
static const char *locale_dir(char *buf, size_t size)
{
	static const char catalogue[] = "/locale/zh_CN/LC_MESSAGES/cunyi.mo";
	const char *env = getenv("CUNYI_LOCALEDIR");
	ssize_t n;
	char *slash;

	if (env)
		return env;
	n = readlink("/proc/self/exe", buf, size - sizeof catalogue);
	if (n > 0) {
		buf[n] = '\0';
		slash = strrchr(buf, '/');
		if (slash) {
			memcpy(slash, catalogue, sizeof catalogue);
			if (access(buf, R_OK) == 0) {
				slash[sizeof "/locale" - 1] = '\0';
				return buf;
			}
		}
	}
	return CUNYI_LOCALEDIR;
}

void i18n_init(void)
{
	char buf[PATH_MAX];
	const char *loc = setlocale(LC_ALL, "");

	if (!loc || strcmp(nl_langinfo(CODESET), "UTF-8") != 0 || !strcmp(setlocale(LC_MESSAGES, NULL), "C"))
		setlocale(LC_ALL, "C.UTF-8");
	setlocale(LC_NUMERIC, "C");
	bindtextdomain("cunyi", locale_dir(buf, sizeof buf));
	bind_textdomain_codeset("cunyi", "UTF-8");
	textdomain("cunyi");
	i18n_set_language("zh");
}

bool i18n_set_language(const char *lang)
{
	if (!strncmp(lang, "zh", 2))
		chinese = true;
	else if (!strncmp(lang, "en", 2))
		chinese = false;
	else
		return false;
	setenv("LANGUAGE", chinese ? "zh_CN" : "en", 1);
	_nl_msg_cat_cntr++;
	return true;
}

const char *i18n_language(void)
{
	return chinese ? "zh" : "en";
}

const char *term_text(const struct term *term)
{
	const char *s = chinese ? term->zh : term->en;

	return s ? s : "";
}
