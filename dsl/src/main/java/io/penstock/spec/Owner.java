package io.penstock.spec;

/** Who answers for a pipeline's data. */
public record Owner(Role role, String name) {
  /** What an owner answers for. */
  public enum Role {
    /** What the figures mean. */
    BUSINESS,
    /** That the job runs. */
    TECHNICAL
  }

  public Owner {
    Names.text("an owner's name", name);
  }
}
