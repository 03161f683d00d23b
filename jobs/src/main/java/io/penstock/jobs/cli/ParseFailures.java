package io.penstock.jobs.cli;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.jobs.plan.PlanErrors;
import io.penstock.plan.Problem;
import io.penstock.plan.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns picocli's parse errors into failures that say what is wrong, why, and how to correct it.
 */
final class ParseFailures {
  private ParseFailures() {}

  static Failure of(ParameterException exception) {
    if (exception instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      return unmatched(unmatched);
    }
    if (exception instanceof MissingParameterException missing) {
      return missing(missing);
    }
    if (exception instanceof OverwrittenOptionException twice) {
      return usage(
          "Cannot use %s twice.".formatted(name(twice.getOverwritten())),
          "keep one of them: this option takes one value.");
    }
    return exception.getArgSpec() == null
        ? usage(exception.getMessage(), commands(exception.getCommandLine()))
        : unusable(exception, exception.getArgSpec());
  }

  /**
   * Arguments after an unknown option may be its values, and those after a misspelt command belong
   * to it: they are not reported as well.
   */
  private static Failure unmatched(UnmatchedArgumentException exception) {
    CommandLine command = exception.getCommandLine();
    List<Problem> problems = new ArrayList<>();
    boolean afterUnknownOption = false;
    for (String argument : exception.getUnmatched()) {
      if (argument.startsWith("-")) {
        afterUnknownOption = true;
        problems.add(unknownOption(argument.replaceFirst("=.*", ""), command));
      } else if (!afterUnknownOption) {
        problems.add(unknownArgument(argument, command));
        if (!command.getSubcommands().isEmpty()) {
          break;
        }
      }
    }
    return PlanErrors.usage(problems).failure();
  }

  private static Problem unknownOption(String option, CommandLine command) {
    return Problem.ofPipeline(
        "UNKNOWN_OPTION",
        "'%s' has no option '%s'.".formatted(command.getCommandSpec().qualifiedName(), option),
        Suggestions.sentence(option, "Options", options(command)));
  }

  private static Problem unknownArgument(String argument, CommandLine command) {
    return command.getSubcommands().isEmpty()
        ? Problem.ofPipeline(
            "TOO_MANY_WORDS",
            "Cannot use '%s': '%s' takes no more words."
                .formatted(argument, command.getCommandSpec().qualifiedName()),
            "leave it out, or write the option that it belongs to before it.")
        : Problem.ofPipeline(
            "UNKNOWN_COMMAND",
            "There is no command '%s'.".formatted(argument),
            Suggestions.sentence(argument, "Commands", command.getSubcommands().keySet()));
  }

  private static Failure missing(MissingParameterException exception) {
    ArgSpec wanted = exception.getMissing().get(0);
    return wanted.isOption()
        ? usage(
            "Cannot use %s without a value.".formatted(name(wanted)),
            "write %s %s. %s".formatted(name(wanted), wanted.paramLabel(), meaning(wanted)))
        : usage(
            "'%s' needs a %s."
                .formatted(
                    exception.getCommandLine().getCommandSpec().qualifiedName(),
                    wanted.paramLabel()),
            "write one behind it. " + meaning(wanted));
  }

  private static Failure unusable(ParameterException exception, ArgSpec argument) {
    String value = String.valueOf(exception.getValue());
    String option = name(argument);
    if (exception.getCause() instanceof UnusableValueException unusable) {
      return usage(
          "Cannot use %s: %s".formatted(option, unusable.getMessage()), unusable.expected());
    }
    if (argument.type().isEnum()) {
      return usage(
          "Cannot use %s: '%s' is none of its values.".formatted(option, value),
          Suggestions.sentence(value, "Values", constants(argument.type())));
    }
    if (argument.typeInfo().isBoolean()) {
      return usage(
          "Cannot use %s=%s: this option takes no value.".formatted(option, value),
          "write %s, or leave it out.".formatted(option));
    }
    return usage(
        "Cannot use %s: '%s' is not a whole number.".formatted(option, value),
        "write a number, such as %s 20.".formatted(option));
  }

  private static String commands(CommandLine command) {
    return "Commands: " + String.join(", ", command.getSubcommands().keySet()) + ".";
  }

  private static List<String> options(CommandLine command) {
    return command.getCommandSpec().options().stream()
        .map(OptionSpec::longestName)
        .sorted()
        .toList();
  }

  private static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String meaning(ArgSpec argument) {
    return String.join(" ", argument.description());
  }

  private static Failure usage(String message, String fix) {
    return new Failure(FailureKind.USAGE, "USAGE", message, fix);
  }
}
