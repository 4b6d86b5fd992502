// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy.random;

import dev.sluice.core.copy.random.ColumnType.Family;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;

/** Integers, decimals, floating-point numbers and bits. */
final class NumberTypes {
    private static final List<String> NAMES = List.of("TINYINT", "SMALLINT", "MEDIUMINT", "INT", "BIGINT");
    private static final List<Integer> BITS = List.of(8, 16, 24, 32, 64);

    private NumberTypes() {}

    static ColumnType any(Dice dice) {
        return switch (dice.below(8)) {
            case 0, 1, 2 -> integer(dice);
            case 3, 4 -> decimal(dice);
            case 5, 6 -> floating(dice);
            default -> bits(dice);
        };
    }

    static ColumnType integer(Dice dice) {
        int width = dice.below(NAMES.size());
        boolean unsigned = dice.percent(45);
        int bits = BITS.get(width);
        BigInteger least =
                unsigned ? BigInteger.ZERO : BigInteger.TWO.pow(bits - 1).negate();
        BigInteger most = BigInteger.TWO.pow(unsigned ? bits : bits - 1).subtract(BigInteger.ONE);
        String sign = unsigned ? dice.of(" UNSIGNED", " UNSIGNED", "(9) UNSIGNED ZEROFILL") : "";
        return new ColumnType(NAMES.get(width) + sign, Family.INTEGER, integers(dice, least, most));
    }

    /** Dense, or anywhere; now and then at an end. */
    private static Function<Dice, String> integers(Dice dice, BigInteger least, BigInteger most) {
        BigInteger center = dice.of(
                BigInteger.ZERO,
                least,
                most,
                dice.between(least, most),
                BigInteger.TWO.pow(63),
                BigInteger.TWO.pow(53));
        BigInteger spread = BigInteger.TEN.pow(dice.between(1, 6));
        boolean dense = dice.percent(60);
        return each -> {
            BigInteger value = each.percent(6)
                    ? each.of(least, most, BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE.negate())
                    : dense ? each.between(center.subtract(spread), center.add(spread)) : each.between(least, most);
            return value.max(least).min(most).toString();
        };
    }

    private static ColumnType decimal(Dice dice) {
        int precision = dice.of(1, 5, 10, 18, 19, 38, 65, dice.between(1, 65));
        int scale = Math.min(precision, dice.of(0, 1, 2, 10, 30, dice.between(0, 30)));
        boolean unsigned = dice.percent(20);
        String type = "DECIMAL(" + precision + "," + scale + ")"
                + (unsigned ? dice.of(" UNSIGNED", " UNSIGNED ZEROFILL") : "");
        return new ColumnType(type, Family.DECIMAL, 0, 30, each -> {
            String sign = unsigned || each.percent(50) ? "" : "-";
            int whole = precision - scale;
            return switch (each.below(10)) {
                case 0 -> "0";
                case 1, 2 -> sign + "0." + "0".repeat(Math.max(0, scale - 1)) + "1";
                case 3 -> sign + "9".repeat(Math.max(1, whole)) + (scale == 0 ? "" : "." + "9".repeat(scale));
                case 4, 5 -> sign + each.digits(1) + "." + each.digits(2);
                default ->
                    sign + "0" + each.digits(each.between(0, whole)) + (scale == 0 ? "" : "." + each.digits(scale));
            };
        });
    }

    private static ColumnType floating(Dice dice) {
        String size = dice.percent(20) ? "(" + dice.of("10,2", "7,4", "20,10", "30,0") + ")" : "";
        String type =
                dice.of("FLOAT", "DOUBLE") + size + (dice.percent(10) ? " UNSIGNED" + dice.of("", " ZEROFILL") : "");
        return new ColumnType(type, Family.FLOATING, each -> switch (each.below(8)) {
            case 0 -> each.of("0e0", "-0.0e0", "1e-45", "1.17549435e-38", "3.4028234e38", "-3.4028234e38", "0.1e0");
            case 1 ->
                each.of(
                        "2.2250738585072014e-308",
                        "4.9e-324",
                        "1.7976931348623157e308",
                        "16777217e0",
                        "9007199254740993");
            case 2 -> Float.toString(Float.intBitsToFloat((int) each.bits() & 0xbfffffff));
            case 3 -> Double.toString(each.bits() / 7.0);
            default -> Double.toString((each.fraction() - 0.5) * Math.pow(10, each.between(-5, 10)));
        });
    }

    private static ColumnType bits(Dice dice) {
        int length = dice.of(1, 7, 8, 9, 63, 64, dice.between(1, 64));
        return new ColumnType("BIT(" + length + ")", Family.BIT, each -> {
            BigInteger most = BigInteger.TWO.pow(length).subtract(BigInteger.ONE);
            BigInteger value = each.percent(20) ? each.of(BigInteger.ZERO, most) : each.between(BigInteger.ZERO, most);
            return "b'" + value.toString(2) + "'";
        });
    }
}
