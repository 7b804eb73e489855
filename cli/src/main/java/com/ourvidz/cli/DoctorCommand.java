package com.ourvidz.cli;

import com.ourvidz.server.Checkup;
import com.ourvidz.server.Finding;
import com.ourvidz.server.Settings;
import com.ourvidz.server.SettingsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code ourvidz doctor}: whether all is there that the platform needs, a line a check. */
@Command(
        name = "doctor",
        description = {
            "Checks the JDK, the native libraries, the checkpoints, the disk, the port, the clock, the database and the settings.",
            "It can be run while the platform runs. Exit code 1 when something fails."
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Prints one JSON object instead: ok, and checks with what was found.")
    private boolean json;

    @Override
    public Integer call() {
        var findings = findings();
        var failed = findings.stream().anyMatch(finding -> finding.level() == Finding.Level.FAIL);
        if (json) {
            printJson(findings, !failed);
        } else {
            findings.forEach(DoctorCommand::print);
        }
        return failed ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private static List<Finding> findings() {
        var findings = new ArrayList<>(List.of(EngineCheckup.jdk()));
        try {
            var settings = Settings.read();
            findings.add(Finding.ok("settings", "they can be started with"));
            findings.addAll(EngineCheckup.of(settings));
            findings.addAll(Checkup.of(settings));
        } catch (SettingsException e) {
            findings.add(Finding.fail(
                    "settings",
                    String.valueOf(e.getMessage()),
                    "Correct it; all that depends on the settings is unchecked."));
        }
        return findings;
    }

    private static void print(Finding finding) {
        System.out.printf("%-4s  %-8s  %s%n", finding.level().id(), finding.check(), finding.says());
        if (!finding.remedy().isEmpty()) {
            System.out.printf("%16s→ %s%n", "", finding.remedy());
        }
    }

    private static void printJson(List<Finding> findings, boolean ok) {
        var checks = findings.stream()
                .map(finding -> Map.of(
                        "check", finding.check(),
                        "level", finding.level().id(),
                        "says", finding.says(),
                        "remedy", finding.remedy()))
                .toList();
        System.out.println(new JsonMapper().writeValueAsString(Map.of("ok", ok, "checks", checks)));
    }
}
