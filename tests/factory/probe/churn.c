/* Allocates and frees blocks of mixed sizes in several threads: churn THREADS ROUNDS. Prints the time that it took. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SLOTS = 1024, MAXIMUM_THREADS = 64 };

static long rounds;

static void *churn(void *argument) {
  unsigned state = (unsigned)(size_t)argument * 2654435761u + 1;
  char *slots[SLOTS] = {0};
  for (long i = 0; i < rounds; i++) {
    state = state * 1664525u + 1013904223u;
    char **slot = &slots[(state >> 8) % SLOTS];
    size_t size = 16 + (state >> 16) % 1024;
    free(*slot);
    *slot = malloc(size);
    if (!*slot) abort();
    (*slot)[0] = (*slot)[size - 1] = (char)state;
  }
  for (int i = 0; i < SLOTS; i++) free(slots[i]);
  return NULL;
}

int main(int count, char **argument) {
  pthread_t thread[MAXIMUM_THREADS];
  int threads = count > 1 ? atoi(argument[1]) : 4;
  rounds = count > 2 ? atol(argument[2]) : 1000;
  if (threads < 1 || threads > MAXIMUM_THREADS || rounds < 1) return 2;
  struct timespec from, to;
  clock_gettime(CLOCK_MONOTONIC, &from);
  for (int i = 0; i < threads; i++)
    if (pthread_create(&thread[i], NULL, churn, (void *)(size_t)i)) return 1;
  for (int i = 0; i < threads; i++) pthread_join(thread[i], NULL);
  clock_gettime(CLOCK_MONOTONIC, &to);
  printf("churn %.6f\n", (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9);
  return 0;
}
