/* Uses one function of each library that it is linked with, so that none of them can be left out; with a user lookup. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <json-c/json.h>
#include <pcre2.h>
#include <pwd.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/capability.h>

static int matches(const char *pattern, const char *text) {
  int error;
  PCRE2_SIZE offset;
  pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, 0, &error, &offset, NULL);
  if (!code) return 0;
  pcre2_match_data *data = pcre2_match_data_create_from_pattern(code, NULL);
  int found = pcre2_match(code, (PCRE2_SPTR)text, strlen(text), 0, 0, data, NULL);
  pcre2_match_data_free(data);
  pcre2_code_free(code);
  return found > 0;
}

int main(void) {
  json_object *object = json_tokener_parse("{\"answer\": 42}");
  int answer = json_object_get_int(json_object_object_get(object, "answer"));
  json_object_put(object);

  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (!filter) return 1;
  seccomp_release(filter);

  cap_t capabilities = cap_get_proc();
  if (!capabilities) return 2;
  cap_free(capabilities);

  if (!matches("^pro+be$", "probe")) return 3;

  struct passwd *root = getpwuid(0);
  printf("probe %s\nanswer %d\nroot %s\n", VERSION, answer, root ? root->pw_name : "unknown");
  return 0;
}
