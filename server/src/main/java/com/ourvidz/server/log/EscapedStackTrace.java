package com.ourvidz.server.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.util.stream.Collectors;

/** {@code %ex}, escaped. Every line is indented, so that an exception's message cannot pass for a record of its own. */
public final class EscapedStackTrace extends ThrowableProxyConverter {

    @Override
    protected String throwableProxyToString(IThrowableProxy throwable) {
        return super.throwableProxyToString(throwable)
                .lines()
                .map(line -> "    " + Escaped.of(line.strip()) + System.lineSeparator())
                .collect(Collectors.joining());
    }
}
