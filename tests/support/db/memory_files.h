/* Databases in memory, under the names of files: for tests that open thousands of small clinics.
 *
 * Locks, write-ahead logs and their shared index work among the connections of this process as they do on a disk, and a file
 * outlives its connections, so that a process that "dies" finds it again.  What is not there: other processes and power cuts;
 * those are tested on real files.  A child process gets a copy of everything, open connections among it. */
#ifndef TESTS_SUPPORT_DB_MEMORY_FILES_H
#define TESTS_SUPPORT_DB_MEMORY_FILES_H

/* From now on every database that is opened lives in memory.  Names are taken as they come: relative ones do not depend on
 * the working folder. */
void memory_files(void);

#endif
