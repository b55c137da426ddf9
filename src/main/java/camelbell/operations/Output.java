package camelbell.operations;

import java.io.PrintWriter;

/** Whether what was printed has arrived; Java's print streams keep silent about it. */
final class Output {

    private Output() {}

    /** True once whoever reads stdout has left (a closed pipe) or its disk is full. */
    static boolean broken(PrintWriter out) {
        return out.checkError() || System.out.checkError();
    }
}
