package com.ourvidz.server;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects the statements of one section after the other. */
final class StatementTable {

    private final List<Statement> rows = new ArrayList<>();
    private String section = "";

    StatementTable section(String title) {
        section = title;
        return this;
    }

    StatementTable says(String text, Consumer<ContractClient> check) {
        rows.add(new Statement.Checked(section, text, check));
        return this;
    }

    StatementTable shownBy(String test, String text) {
        rows.add(new Statement.ShownBy(section, text, test));
        return this;
    }

    StatementTable notCovered(String text, String why) {
        rows.add(new Statement.NotCovered(section, text, why));
        return this;
    }

    List<Statement> rows() {
        return List.copyOf(rows);
    }
}
