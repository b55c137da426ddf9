package camelbell.archive;

/**
 * What a file came to, when it was written or when it was read.
 *
 * @param rows one a line
 * @param bytes as it lies on the disk
 * @param sha256 of these, in hexadecimal
 */
record FileContent(long rows, long bytes, String sha256) {

    static FileContent of(ArchivedFile file) {
        return new FileContent(file.rows(), file.bytes(), file.sha256());
    }
}
