package com.ourvidz.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * What came of many requests.
 *
 * @param perSecond answers, over the time until the last of them
 */
record Load(Times times, double perSecond) {

    /** More than a client keeps open. Who finds them all in use waits, and the wait counts. */
    private static final int CONNECTIONS = 64;

    /** One request, and its answer. */
    interface Request {

        /** Sends the request with this number, from 0, and returns when it is answered well. */
        void send(int number) throws IOException, InterruptedException;
    }

    /** So many clients, each of which sends its next request when it has the answer to the last. */
    static Load closed(int clients, Duration duration, Request request) throws InterruptedException {
        var start = System.nanoTime();
        var end = start + duration.toNanos();
        var tasks = IntStream.range(0, clients)
                .<Callable<List<Double>>>mapToObj(client -> () -> {
                    var times = new ArrayList<Double>();
                    for (var number = client; System.nanoTime() < end; number += clients) {
                        var sent = System.nanoTime();
                        request.send(number);
                        times.add(secondsSince(sent));
                    }
                    return times;
                })
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var times = threads.invokeAll(tasks).stream()
                    .flatMap(answered -> answered.resultNow().stream())
                    .toList();
            return of(times, start);
        }
    }

    /** Requests on a schedule that waits for no answer. A request's time counts from when it was due, so that a server's pause is not hidden. */
    static Load open(int perSecond, Duration duration, Request request) {
        var connections = new Semaphore(CONNECTIONS);
        var start = System.nanoTime();
        var answers = new ArrayList<Future<Double>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < perSecond * duration.toSeconds(); i++) {
                var number = i;
                var due = start + number * 1_000_000_000L / perSecond;
                sleepUntil(due);
                answers.add(threads.submit(() -> {
                    connections.acquire();
                    try {
                        request.send(number);
                    } finally {
                        connections.release();
                    }
                    return secondsSince(due);
                }));
            }
        }
        return of(answers.stream().map(Future::resultNow).toList(), start);
    }

    static void sleepUntil(long nanoTime) {
        for (var left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1e9;
    }

    private static Load of(List<Double> times, long start) {
        return new Load(Times.of(times), times.size() / secondsSince(start));
    }
}
