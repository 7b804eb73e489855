package com.ourvidz.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;

class EscapedTest {

    @Test
    void line21ControlCharactersBecomeEscapes() {
        assertThat(Escaped.of("a\r\nb\tc\u001b[31m\u0000\u2028\u202e"))
                .isEqualTo("a\\r\\nb\\tc\\u001b[31m\\u0000\\u2028\\u202e");
    }

    @Test
    void ordinaryTextOfAllLanguagesStaysAsItIs() {
        var text = "Ein Leuchtturm, 雪の中の狐, \ud83e\udd8a \"quoted\" \\ done";
        assertThat(Escaped.of(text)).isEqualTo(text);
    }

    @Test
    void line21AnExceptionsMessageCannotPassForARecord() {
        var context = new LoggerContext();
        Logger logger = context.getLogger("test");
        var failure = new IllegalStateException("bad\n2026-01-01T00:00:00.000Z INFO  forged \u001b[31m");
        var event = new LoggingEvent("", logger, Level.ERROR, "failed", failure, null);
        var converter = new EscapedStackTrace();
        converter.setContext(context);
        converter.start();
        var trace = converter.convert(event);
        assertThat(trace).contains("forged \\u001b[31m").doesNotContain("\u001b");
        assertThat(trace.lines()).allMatch(line -> line.startsWith("    "));
    }
}
