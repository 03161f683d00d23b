package io.penstock.plan;

/** The printable form of a plan: one graph as text or as a Mermaid picture. */
public enum PlanPrinter {
  /** One numbered line a step, the steps it reads in brackets. */
  TEXT {
    @Override
    public String print(PlanGraph graph) {
      StringBuilder text = new StringBuilder();
      int width = String.valueOf(graph.steps().size()).length();
      for (PlanGraph.Step step : graph.steps()) {
        String number = " ".repeat(width - String.valueOf(step.number()).length()) + step.number();
        text.append(number).append(". ").append(label(step));
        if (!step.inputs().isEmpty()) {
          text.append("  <- ").append(step.inputs());
        }
        text.append("  (").append(step.site()).append(")\n");
      }
      return text.toString();
    }
  },
  /** A flow chart, left to right, for a README or a wiki. */
  MERMAID {
    @Override
    public String print(PlanGraph graph) {
      StringBuilder text = new StringBuilder("flowchart LR\n");
      for (PlanGraph.Step step : graph.steps()) {
        String[] shape =
            switch (step.kind()) {
              case SOURCE -> new String[] {"[(\"", "\")]"};
              case STEP -> new String[] {"[\"", "\"]"};
              case SINK -> new String[] {"[/\"", "\"/]"};
            };
        text.append("  n").append(step.number()).append(shape[0]);
        text.append(escapeMermaid(label(step))).append(shape[1]).append('\n');
      }
      for (PlanGraph.Step step : graph.steps()) {
        for (int input : step.inputs()) {
          text.append("  n").append(input).append(" --> n").append(step.number()).append('\n');
        }
      }
      return text.toString();
    }
  };

  /** Prints a graph, with a line feed at the end. */
  public abstract String print(PlanGraph graph);

  private static String label(PlanGraph.Step step) {
    return (step.operation() + " " + oneLine(step.detail())).stripTrailing();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  private static String escapeMermaid(String text) {
    return text.replace("#", "#35;")
        .replace("\"", "#quot;")
        .replace("<", "#lt;")
        .replace(">", "#gt;");
  }
}
