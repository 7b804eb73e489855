package com.ourvidz.worker;

/** The lease is no longer ours: the job was cancelled, has ended, or is another worker's. Whatever is being done for it is to stop. */
final class StaleLeaseException extends RuntimeException {

    StaleLeaseException() {
        super("The lease is no longer ours.");
    }
}
