package com.ourvidz.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows on standard error how far something is: one bar on a terminal, plain lines elsewhere. */
sealed interface ProgressDisplay extends AutoCloseable {

    /**
     * Shows the latest of it.
     *
     * @param percent 0 to 100
     * @param stage what is being done: {@code denoising 7/15}
     */
    void show(int percent, String stage);

    @Override
    void close();

    /** The launcher says whether standard error is a terminal; the JDK can only tell of standard input and output. */
    static ProgressDisplay onStandardError() {
        return Boolean.getBoolean("ourvidz.terminal") ? new Bar() : new Lines(System.err);
    }

    /** One line that is redrawn. */
    final class Bar implements ProgressDisplay {

        private final ProgressBar bar = new ProgressBarBuilder()
                .setInitialMax(100)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(100)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, 80))
                .hideEta()
                .build();

        @Override
        public void show(int percent, String stage) {
            bar.stepTo(percent);
            bar.setExtraMessage(stage);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** A line for every change. */
    final class Lines implements ProgressDisplay {

        private final PrintStream out;
        private String last = "";

        Lines(PrintStream out) {
            this.out = out;
        }

        @Override
        public void show(int percent, String stage) {
            var line = "%3d %%  %s".formatted(percent, stage);
            if (!line.equals(last)) {
                out.println(line);
                last = line;
            }
        }

        @Override
        public void close() {}
    }
}
