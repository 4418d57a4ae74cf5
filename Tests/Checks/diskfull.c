// SPDX-License-Identifier: Apache-2.0
// Preloaded: while the first byte of the file that DISKFULL names is 1, no file may grow, as on a disk that is full; what was
// written may be written over. The log, which is standard error, goes on: it is what tells of it.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static volatile char *full;

__attribute__((constructor)) static void map_switch(void) {
    const char *path = getenv("DISKFULL");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *page = mmap(NULL, 1, PROT_READ, MAP_SHARED, file, 0);
    if (page != MAP_FAILED) full = page;
}

// Whether so many bytes at a place of the file find no room.
static int is_refused(int file, size_t count, off_t offset) {
    struct stat status;
    if (!full || !*full || file <= STDERR_FILENO || fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) return 0;
    if (offset + (off_t)count <= status.st_size) return 0;
    errno = ENOSPC;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
    return is_refused(file, count, offset) ? -1 : REAL(pwrite)(file, bytes, count, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off_t offset) {
    return is_refused(file, count, offset) ? -1 : REAL(pwrite64)(file, bytes, count, offset);
}

ssize_t write(int file, const void *bytes, size_t count) {
    off_t offset = full && *full ? lseek(file, 0, SEEK_CUR) : -1;
    return offset >= 0 && is_refused(file, count, offset) ? -1 : REAL(write)(file, bytes, count);
}

int ftruncate64(int file, off_t size) { return is_refused(file, 0, size) ? -1 : REAL(ftruncate64)(file, size); }

int ftruncate(int file, off_t size) { return is_refused(file, 0, size) ? -1 : REAL(ftruncate)(file, size); }

int posix_fallocate64(int file, off_t offset, off_t size) {
    return is_refused(file, size, offset) ? ENOSPC : REAL(posix_fallocate64)(file, offset, size);
}

int posix_fallocate(int file, off_t offset, off_t size) {
    return is_refused(file, size, offset) ? ENOSPC : REAL(posix_fallocate)(file, offset, size);
}
