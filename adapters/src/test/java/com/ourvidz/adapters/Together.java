package com.ourvidz.adapters;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Runs work at the same moment in many threads. */
public final class Together {

    private Together() {}

    /** The results in the order of the numbers that the work was given, from 0. */
    public static <T> List<T> run(int threads, IntFunction<T> work) throws InterruptedException {
        return results(IntStream.range(0, threads)
                .<Callable<T>>mapToObj(number -> () -> work.apply(number))
                .toList());
    }

    /** Two things at once; what they return is left to later questions. */
    public static void race(Runnable one, Runnable other) throws InterruptedException {
        results(List.<Callable<Boolean>>of(() -> done(one), () -> done(other)));
    }

    private static boolean done(Runnable work) {
        work.run();
        return true;
    }

    private static <T> List<T> results(List<Callable<T>> tasks) throws InterruptedException {
        var start = new CyclicBarrier(tasks.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads
                    .invokeAll(tasks.stream().map(task -> after(start, task)).toList())
                    .stream()
                    .map(Together::result)
                    .toList();
        }
    }

    private static <T> Callable<T> after(CyclicBarrier start, Callable<T> task) {
        return () -> {
            start.await();
            return task.call();
        };
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e.getCause());
        }
    }
}
