// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The program itself, that kills itself at one of its points: the number or name of the point, then the program's arguments. */
final class CrashProgram {
    private CrashProgram() {}

    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.SEVERE);
        CrashPoints points = new CrashPoints(arguments[0]);
        String[] command = new String[arguments.length - 1];
        System.arraycopy(arguments, 1, command, 0, command.length);
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int status = Main.run(points, out, err, command);
        System.out.println("points " + points.count());
        System.out.flush();
        System.exit(status);
    }
}
