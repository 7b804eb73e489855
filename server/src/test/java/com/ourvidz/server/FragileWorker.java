package com.ourvidz.server;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A worker process for tests, which does what the prompt says: crash, hang on the first attempt, or else the job. */
final class FragileWorker {

    private FragileWorker() {}

    public static void main(String[] args) throws InterruptedException {
        var client = new Client(URI.create(env("OURVIDZ_SERVER")), Optional.of(env("OURVIDZ_WORKER_KEY")));
        var worker = new TestWorker(client, env("OURVIDZ_WORKER_ID"), "sdxl_queue");
        System.out.println("serves " + env("OURVIDZ_WORKER_QUEUE"));
        while (true) {
            var held = worker.lease(20);
            if (held.isPresent()) {
                work(worker, held.get());
            }
        }
    }

    private static void work(TestWorker worker, TestWorker.Held held) throws InterruptedException {
        var prompt = held.message().get("prompt").asString();
        if (prompt.contains("crash")) {
            Runtime.getRuntime().halt(1);
        }
        if (prompt.contains("hang") && held.attempt() == 1) {
            Thread.sleep(Long.MAX_VALUE);
        }
        worker.complete(held, List.of(worker.uploaded(held, 0))).ok();
    }

    private static String env(String name) {
        return Optional.ofNullable(System.getenv(name)).orElseThrow();
    }
}
