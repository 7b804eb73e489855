package com.ourvidz.worker;

/** The server understood and said no; asking again would not help. The message is the server's sentence. */
final class RefusedException extends RuntimeException {

    private final int status;

    RefusedException(int status, String error) {
        super(error);
        this.status = status;
    }

    /** Whether it is the worker itself that the server does not accept. */
    boolean isAboutTheKey() {
        return status == 401 || status == 403;
    }
}
