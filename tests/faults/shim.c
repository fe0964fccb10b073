/* Counts the calls of one process that change something below a folder, and makes the n-th of them go wrong.
 *
 * KEEPROOM_FAULT_FOLDER   the folder; unset: nothing is counted
 * KEEPROOM_FAULT_AT       which call, from 1; 0: none
 * KEEPROOM_FAULT_DO       "kill" (SIGKILL before the call; of a write the first half is done), "ENOSPC", "EIO"
 * KEEPROOM_FAULT_STAYS    set: every counted call from that one on fails
 * KEEPROOM_FAULT_LOG      a file that gets one line for the process, and one for each counted call
 *
 * ENOSPC counts only the calls that can take space.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define FICLONE 0x40049409
#define FICLONERANGE 0x4020940d

enum { FREES, TAKES_SPACE };

static char folder[PATH_MAX];
static size_t folder_length;
static long at, count;
static int error, stays, journal = -1;

__attribute__((constructor)) static void begin(void) {
    const char *given = getenv("KEEPROOM_FAULT_FOLDER"), *what = getenv("KEEPROOM_FAULT_DO");
    const char *number = getenv("KEEPROOM_FAULT_AT"), *file = getenv("KEEPROOM_FAULT_LOG");
    if (!given || !what || strlen(given) >= sizeof folder)
        return;
    strcpy(folder, given);
    folder_length = strlen(folder);
    at = number ? atol(number) : 0;
    stays = getenv("KEEPROOM_FAULT_STAYS") != NULL;
    error = !strcmp(what, "ENOSPC") ? ENOSPC : !strcmp(what, "EIO") ? EIO : 0;
    if (file) {
        int low = syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        journal = fcntl(low, F_DUPFD_CLOEXEC, 500);
        syscall(SYS_close, low);
        dprintf(journal, "process %d\n", getpid());
    }
}

static int is_inside(const char *path) {
    return folder_length && !strncmp(path, folder, folder_length) && (path[folder_length] == '/' || !path[folder_length]);
}

/* The absolute path of a descriptor, or of a path as the *at calls take it. */
static void place(char *out, int directory, const char *path) {
    char link[64];
    ssize_t length = 0;
    out[0] = 0;
    if (path && path[0] == '/') {
        snprintf(out, PATH_MAX, "%s", path);
        return;
    }
    if (directory == AT_FDCWD) {
        if (!getcwd(out, PATH_MAX / 2))
            return;
        length = strlen(out);
    } else {
        snprintf(link, sizeof link, "/proc/self/fd/%d", directory);
        length = readlink(link, out, PATH_MAX / 2);
        if (length < 0)
            return;
        out[length] = 0;
    }
    if (path)
        snprintf(out + length, PATH_MAX - length, "/%s", path);
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

/* What is to happen to a call: 0 nothing, -1 death, else the errno it fails with. */
static int fate(const char *call, int takes_space, int directory, const char *path, int directory2, const char *path2) {
    char where[PATH_MAX];
    int before = errno, result = 0;
    if (!folder_length)
        return 0;
    place(where, directory, path);
    if (path2 && !is_inside(where))
        place(where, directory2, path2);
    if (is_inside(where) && !(error == ENOSPC && !takes_space)) {
        long number = __atomic_add_fetch(&count, 1, __ATOMIC_SEQ_CST);
        if (journal >= 0)
            dprintf(journal, "%ld %s %s\n", number, call, where + folder_length);
        if (at && (number == at || (stays && number > at)))
            result = error ? error : -1;
    }
    errno = before;
    return result;
}

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) \
        real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

#define JUDGE(...) \
    do { \
        int doom = fate(__VA_ARGS__); \
        if (doom < 0) \
            die(); \
        if (doom) { \
            errno = doom; \
            return -1; \
        } \
    } while (0)

#define JUDGE_PATH(call, takes, path) JUDGE(call, takes, AT_FDCWD, path, 0, NULL)
#define JUDGE_FD(call, takes, fd) JUDGE(call, takes, fd, NULL, 0, NULL)

/* Writing: a kill comes in the middle. */

ssize_t write(int fd, const void *data, size_t size) {
    REAL(write);
    int doom = fate("write", TAKES_SPACE, fd, NULL, 0, NULL);
    if (doom < 0) {
        real(fd, data, size / 2);
        die();
    }
    if (doom) {
        errno = doom;
        return -1;
    }
    return real(fd, data, size);
}

#define PWRITE(name) \
    ssize_t name(int fd, const void *data, size_t size, off_t offset) { \
        REAL(name); \
        int doom = fate("pwrite", TAKES_SPACE, fd, NULL, 0, NULL); \
        if (doom < 0) { \
            real(fd, data, size / 2, offset); \
            die(); \
        } \
        if (doom) { \
            errno = doom; \
            return -1; \
        } \
        return real(fd, data, size, offset); \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

ssize_t writev(int fd, const struct iovec *parts, int number) {
    REAL(writev);
    JUDGE_FD("writev", TAKES_SPACE, fd);
    return real(fd, parts, number);
}

ssize_t pwritev(int fd, const struct iovec *parts, int number, off_t offset) {
    REAL(pwritev);
    JUDGE_FD("pwritev", TAKES_SPACE, fd);
    return real(fd, parts, number, offset);
}

ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t size, unsigned flags) {
    REAL(copy_file_range);
    JUDGE_FD("copy_file_range", TAKES_SPACE, out);
    return real(in, from, out, to, size, flags);
}

ssize_t sendfile(int out, int in, off_t *offset, size_t size) {
    REAL(sendfile);
    JUDGE_FD("sendfile", TAKES_SPACE, out);
    return real(out, in, offset, size);
}

int ioctl(int fd, unsigned long request, ...) {
    REAL(ioctl);
    va_list rest;
    va_start(rest, request);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    if (request == FICLONE || request == FICLONERANGE)
        JUDGE_FD("ioctl", TAKES_SPACE, fd);
    return real(fd, request, argument);
}

#define ON_FD(name, takes) \
    int name(int fd) { \
        REAL(name); \
        JUDGE_FD(#name, takes, fd); \
        return real(fd); \
    }
ON_FD(fsync, TAKES_SPACE)
ON_FD(fdatasync, TAKES_SPACE)

#define TRUNCATE(name) \
    int name(int fd, off_t size) { \
        REAL(name); \
        JUDGE_FD("ftruncate", TAKES_SPACE, fd); \
        return real(fd, size); \
    }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

#define ALLOCATE(name) \
    int name(int fd, int mode, off_t offset, off_t size) { \
        REAL(name); \
        JUDGE_FD("fallocate", TAKES_SPACE, fd); \
        return real(fd, mode, offset, size); \
    }
ALLOCATE(fallocate)
ALLOCATE(fallocate64)

/* Opening counts where it may make or empty a file. */

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | __O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, mode_t); \
        va_end(rest); \
    }

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        MODE(flags) \
        if (flags & (O_CREAT | O_TRUNC)) \
            JUDGE_PATH("open", TAKES_SPACE, path); \
        return real(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
    int name(int directory, const char *path, int flags, ...) { \
        REAL(name); \
        MODE(flags) \
        if (flags & (O_CREAT | O_TRUNC)) \
            JUDGE("open", TAKES_SPACE, directory, path, 0, NULL); \
        return real(directory, path, flags, mode); \
    }
OPENAT(openat)
OPENAT(openat64)

/* Names. */

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    JUDGE_PATH("mkdir", TAKES_SPACE, path);
    return real(path, mode);
}

int mkdirat(int directory, const char *path, mode_t mode) {
    REAL(mkdirat);
    JUDGE("mkdir", TAKES_SPACE, directory, path, 0, NULL);
    return real(directory, path, mode);
}

int rmdir(const char *path) {
    REAL(rmdir);
    JUDGE_PATH("rmdir", FREES, path);
    return real(path);
}

int unlink(const char *path) {
    REAL(unlink);
    JUDGE_PATH("unlink", FREES, path);
    return real(path);
}

int unlinkat(int directory, const char *path, int flags) {
    REAL(unlinkat);
    JUDGE(flags & AT_REMOVEDIR ? "rmdir" : "unlink", FREES, directory, path, 0, NULL);
    return real(directory, path, flags);
}

int rename(const char *from, const char *to) {
    REAL(rename);
    JUDGE("rename", TAKES_SPACE, AT_FDCWD, from, AT_FDCWD, to);
    return real(from, to);
}

int renameat(int directory, const char *from, int directory2, const char *to) {
    REAL(renameat);
    JUDGE("rename", TAKES_SPACE, directory, from, directory2, to);
    return real(directory, from, directory2, to);
}

int renameat2(int directory, const char *from, int directory2, const char *to, unsigned flags) {
    REAL(renameat2);
    JUDGE("rename", TAKES_SPACE, directory, from, directory2, to);
    return real(directory, from, directory2, to, flags);
}

int link(const char *from, const char *to) {
    REAL(link);
    JUDGE("link", TAKES_SPACE, AT_FDCWD, from, AT_FDCWD, to);
    return real(from, to);
}

int linkat(int directory, const char *from, int directory2, const char *to, int flags) {
    REAL(linkat);
    JUDGE("link", TAKES_SPACE, directory, from, directory2, to);
    return real(directory, from, directory2, to, flags);
}

int symlink(const char *target, const char *path) {
    REAL(symlink);
    JUDGE_PATH("symlink", TAKES_SPACE, path);
    return real(target, path);
}

/* Modes and times. */

int chmod(const char *path, mode_t mode) {
    REAL(chmod);
    JUDGE_PATH("chmod", FREES, path);
    return real(path, mode);
}

int fchmod(int fd, mode_t mode) {
    REAL(fchmod);
    JUDGE_FD("chmod", FREES, fd);
    return real(fd, mode);
}

int fchmodat(int directory, const char *path, mode_t mode, int flags) {
    REAL(fchmodat);
    JUDGE("chmod", FREES, directory, path, 0, NULL);
    return real(directory, path, mode, flags);
}

int utimensat(int directory, const char *path, const struct timespec times[2], int flags) {
    REAL(utimensat);
    JUDGE("utimens", FREES, directory, path, 0, NULL);
    return real(directory, path, times, flags);
}

int futimens(int fd, const struct timespec times[2]) {
    REAL(futimens);
    JUDGE_FD("utimens", FREES, fd);
    return real(fd, times);
}
