package com.ourvidz.cli;

/** A command cannot do what was asked. The message is for the user, in a sentence or two. */
final class CommandException extends RuntimeException {

    CommandException(String message) {
        super(message);
    }
}
