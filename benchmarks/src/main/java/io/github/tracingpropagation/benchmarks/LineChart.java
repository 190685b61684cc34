// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Panels of lines over one scale, as SVG. Its text depends on the figures alone, and not on the
 * fonts of the machine, as that of a chart library on AWT would; so a test can compare it.
 */
final class LineChart {
  private static final int WIDTH = 400; // of a panel
  private static final int HEIGHT = 260;
  private static final int LEFT = 64;
  private static final int TOP = 72;
  private static final int GAP = 44;
  private static final int BOTTOM = 56;

  /** A name, a colour, and where its line goes along. */
  record Series(String name, String colour, List<Point> points) {}

  record Point(double x, double y) {}

  private record Panel(String title, List<Series> series) {}

  private final String labelOfX;
  private final String labelOfY;
  private final List<Panel> panels = new ArrayList<>();
  private final StringBuilder svg = new StringBuilder();

  LineChart(String labelOfX, String labelOfY) {
    this.labelOfX = labelOfX;
    this.labelOfY = labelOfY;
  }

  /** Adds a panel to the right, with the same series as the others. */
  void panel(String title, List<Series> series) {
    panels.add(new Panel(title, series));
  }

  String svg() {
    svg.setLength(0);
    int width = LEFT + panels.size() * (WIDTH + GAP);
    int height = TOP + HEIGHT + BOTTOM;
    add(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d'"
            + " font-family='system-ui, sans-serif' font-size='13' fill='#333'>",
        width, height, width, height);
    add("<rect width='%d' height='%d' rx='6' fill='#fff'/>", width, height);
    legend();
    Axis x = Axis.upTo(max(true));
    Axis y = Axis.upTo(max(false));
    for (int i = 0; i < panels.size(); i++) {
      panel(panels.get(i), LEFT + i * (WIDTH + GAP), x, y, i == 0);
    }
    return svg.append("</svg>\n").toString();
  }

  private void legend() {
    int x = LEFT;
    List<Series> series = panels.get(0).series();
    for (int i = 0; i < series.size(); i++) {
      add("<path d='M%d 20h22' stroke='%s' stroke-width='3'/>", x, series.get(i).colour());
      add("<text x='%d' y='24'>%s</text>", x + 28, series.get(i).name());
      x += 52 + 7 * series.get(i).name().length();
    }
  }

  private void panel(Panel panel, int left, Axis x, Axis y, boolean isFirst) {
    int bottom = TOP + HEIGHT;
    add(
        "<text x='%d' y='%d' font-weight='600'>%s</text>",
        left, TOP - 14, panel.title() + ", " + labelOfY);
    for (double tick : y.ticks()) {
      double at = bottom - y.share(tick) * HEIGHT;
      add("<path d='M%d %.1fh%d' stroke='%s'/>", left, at, WIDTH, tick == 0 ? "#666" : "#e4e4e4");
      if (isFirst) {
        add(
            "<text x='%d' y='%.1f' text-anchor='end'>%s</text>",
            left - 8, at + 4.5, Text.whole(tick));
      }
    }
    for (double tick : x.ticks()) {
      double at = left + x.share(tick) * WIDTH;
      add(
          "<text x='%.1f' y='%d' text-anchor='middle'>%s</text>",
          at, bottom + 20, Text.whole(tick));
    }
    add(
        "<text x='%d' y='%d' text-anchor='middle'>%s</text>",
        left + WIDTH / 2, bottom + 42, labelOfX);
    panel.series().forEach(series -> line(series.points(), series.colour(), left, x, y));
  }

  private void line(List<Point> points, String colour, int left, Axis x, Axis y) {
    StringBuilder path = new StringBuilder();
    StringBuilder dots = new StringBuilder();
    for (Point point : points) {
      double atX = left + x.share(point.x()) * WIDTH;
      double atY = TOP + HEIGHT - y.share(point.y()) * HEIGHT;
      path.append(format("%s%.1f %.1f", path.isEmpty() ? "M" : "L", atX, atY));
      dots.append(format("<circle cx='%.1f' cy='%.1f' r='3.5'/>", atX, atY));
    }
    add(
        "<g stroke='%s' fill='%s'><path d='%s' fill='none' stroke-width='2.5'/>%s</g>",
        colour, colour, path, dots);
  }

  private double max(boolean ofX) {
    return panels.stream()
        .flatMap(panel -> panel.series().stream())
        .flatMap(series -> series.points().stream())
        .mapToDouble(ofX ? Point::x : Point::y)
        .max()
        .orElse(1);
  }

  private void add(String format, Object... args) {
    svg.append(format(format, args)).append('\n');
  }

  private static String format(String format, Object... args) {
    return String.format(Locale.ROOT, format, args);
  }

  /** A scale from zero, with round numbers at even distances. */
  private record Axis(double step, int steps) {
    static Axis upTo(double max) {
      double power = Math.pow(10, Math.floor(Math.log10(max / 4)));
      double step = power;
      for (double factor : new double[] {1, 2, 2.5, 5, 10}) {
        step = factor * power;
        if (step * 6 >= max) {
          break;
        }
      }
      return new Axis(step, (int) Math.ceil(max / step));
    }

    double share(double value) {
      return value / (step * steps);
    }

    List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      for (int i = 0; i <= steps; i++) {
        ticks.add(i * step);
      }
      return ticks;
    }
  }
}
