import { Icon } from "@/components/Icon";
import { titleCase } from "@/lib/format";
import styles from "./Aside.module.css";
import { LoudnessFigure } from "./LoudnessFigure";
import type { Song } from "./song";

type ReportProps = { song: Song; report: NonNullable<Song["report"]> };

/** What was asked for against what was measured in the finished sound. */
export const Report = ({ song, report }: ReportProps) => (
  <section aria-labelledby="report-title">
    <h2 id="report-title">Asked and measured</h2>
    <table className={styles.report}>
      <thead className="sr-only">
        <tr>
          <th scope="col">What</th>
          <th scope="col">Asked</th>
          <th scope="col">Measured</th>
          <th scope="col">Met</th>
        </tr>
      </thead>
      <tbody>
        {report.checks.map((check) => (
          <tr key={check.name} data-passed={check.passed}>
            <th scope="row">{titleCase(check.name)}</th>
            <td>{check.asked}</td>
            <td>{check.measured}</td>
            <td>
              <Icon name={check.passed ? "check" : "cross"} size={16} />
              <span className="sr-only">{check.passed ? "met" : "missed"}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
    {song.loudnessCurve.length > 0 && <LoudnessFigure song={song} overall={report.loudnessLufs} />}
    <p className={styles.source}>
      Instruments from {report.soundBank} ({report.soundBankLicence}).
    </p>
  </section>
);
