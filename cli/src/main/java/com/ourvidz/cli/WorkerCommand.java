package com.ourvidz.cli;

import com.ourvidz.worker.WorkerMain;
import picocli.CommandLine.Command;

/** {@code ourvidz worker}: a worker process, for machines other than the server's. */
@Command(
        name = "worker",
        description = {
            "Runs a worker in the foreground. It needs OURVIDZ_SERVER, the server's URL, and OURVIDZ_WORKER_KEY.",
            "OURVIDZ_WORKER_QUEUE says for which queue; the README lists the other settings."
        },
        mixinStandardHelpOptions = true)
final class WorkerCommand implements Runnable {

    @Override
    public void run() {
        WorkerMain.main(new String[0]);
    }
}
