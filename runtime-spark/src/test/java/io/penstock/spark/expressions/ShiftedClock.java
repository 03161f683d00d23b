package io.penstock.spark.expressions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.xbean.asm9.ClassReader;
import org.apache.xbean.asm9.ClassVisitor;
import org.apache.xbean.asm9.ClassWriter;
import org.apache.xbean.asm9.MethodVisitor;
import org.apache.xbean.asm9.Opcodes;

/**
 * A Java agent that shifts the clock of Spark, of the code that it generates, of Delta and of
 * Penstock: each of their calls that reads the clock calls this class instead. Other libraries and
 * the JDK itself keep their clock, and {@link System#nanoTime} is no time of day.
 */
public final class ShiftedClock {
  /** Another year, month, day of the week and hour. */
  static final Duration SHIFT = Duration.ofDays(401).plusHours(7).plusMinutes(13);

  private static final List<String> SHIFTED =
      List.of("org/apache/spark/", "io/delta/", "io/penstock/");
  private static final String ITSELF = "io/penstock/spark/expressions/ShiftedClock";
  private static final List<String> CLOCKS =
      List.of("currentTimeMillis", "java/time/", "java/util/Date", "java/util/Calendar");
  private static final AtomicInteger SHIFTED_CALLS = new AtomicInteger();

  private ShiftedClock() {}

  /** The flag that gives a JVM this clock. Its class path must contain this class. */
  static String flag(Path directory) {
    Path jar = directory.resolve("shifted-clock.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", ShiftedClock.class.getName());
    try {
      new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "-javaagent:" + jar;
  }

  /** Called by the JVM before its main class. */
  public static void premain(String arguments, Instrumentation jvm) {
    jvm.addTransformer(new Calls());
  }

  /** How many calls in the classes loaded so far read this clock. */
  static int shiftedCalls() {
    return SHIFTED_CALLS.get();
  }

  /** For {@link System#currentTimeMillis}. */
  public static long millis() {
    return System.currentTimeMillis() + SHIFT.toMillis();
  }

  /** For {@link Clock#systemUTC}. */
  public static Clock utc() {
    return Clock.offset(Clock.systemUTC(), SHIFT);
  }

  /** For {@link Clock#systemDefaultZone}, and every {@code now} without a zone. */
  public static Clock here() {
    return in(ZoneId.systemDefault());
  }

  /** For {@link Clock#system}, and every {@code now} in a zone. */
  public static Clock in(ZoneId zone) {
    return Clock.offset(Clock.system(zone), SHIFT);
  }

  /** For {@link Calendar#getInstance}. */
  public static Calendar moved(Calendar now) {
    now.setTimeInMillis(millis());
    return now;
  }

  /** Redirects each call that reads the clock to this class. */
  private static final class Calls implements ClassFileTransformer {
    @Override
    public byte[] transform(
        ClassLoader loader,
        String name,
        Class<?> redefined,
        ProtectionDomain domain,
        byte[] content) {
      if (name == null || name.startsWith(ITSELF) || SHIFTED.stream().noneMatch(name::startsWith)) {
        return null;
      }
      try {
        String words = new String(content, StandardCharsets.ISO_8859_1);
        return CLOCKS.stream().anyMatch(words::contains) ? redirected(content) : null;
      } catch (RuntimeException e) {
        // Otherwise the JVM would use the unchanged class.
        e.printStackTrace();
        Runtime.getRuntime().halt(1);
        throw e;
      }
    }

    private static byte[] redirected(byte[] content) {
      ClassReader reader = new ClassReader(content);
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      reader.accept(
          new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
              return new ClockRedirector(
                  super.visitMethod(access, name, descriptor, signature, thrown));
            }
          },
          0);
      return writer.toByteArray();
    }
  }

  private static final class ClockRedirector extends MethodVisitor {
    private static final String NO_ZONE = "()";
    private static final String ZONE = "(Ljava/time/ZoneId;)";
    private static final String CLOCK = "Ljava/time/Clock;";

    ClockRedirector(MethodVisitor written) {
      super(Opcodes.ASM9, written);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean ofInterface) {
      String arguments = descriptor.substring(0, descriptor.indexOf(')') + 1);
      boolean known = true;
      switch (owner + "." + name + arguments) {
        case "java/lang/System.currentTimeMillis()" -> redirect("millis", "()J");
        case "java/time/Clock.systemUTC()" -> redirect("utc", NO_ZONE + CLOCK);
        case "java/time/Clock.systemDefaultZone()" -> redirect("here", NO_ZONE + CLOCK);
        case "java/time/Clock.system(Ljava/time/ZoneId;)" -> redirect("in", ZONE + CLOCK);
        case "java/util/Date.<init>()" -> {
          redirect("millis", "()J");
          super.visitMethodInsn(opcode, owner, name, "(J)V", ofInterface);
        }
        default -> known = false;
      }
      boolean now =
          owner.startsWith("java/time/")
              && name.equals("now")
              && (arguments.equals(NO_ZONE) || arguments.equals(ZONE));
      if (now) {
        redirect(arguments.equals(ZONE) ? "in" : "here", arguments + CLOCK);
        super.visitMethodInsn(
            opcode, owner, name, descriptor.replace(arguments, "(" + CLOCK + ")"), ofInterface);
      } else if (!known) {
        super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
        if (owner.equals("java/util/Calendar") && name.equals("getInstance")) {
          redirect("moved", "(Ljava/util/Calendar;)Ljava/util/Calendar;");
        }
      }
    }

    private void redirect(String method, String descriptor) {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, ITSELF, method, descriptor, false);
      SHIFTED_CALLS.incrementAndGet();
    }
  }
}
