"""One mail a week to each unit that misses something, where a mail server is set up.

Belongs here: the job and its time. Does not belong here: what is missing, the mails
(`innenfra/intake/reminders.py`).
"""

import datetime as dt

import dagster as dg

from innenfra.intake.reminders import is_on, send_mails
from innenfra.settings import Settings
from orchestration.schedules import ZONE


def weekly_reminders(settings: Settings, url: str) -> list[dg.ScheduleDefinition]:
    """Monday mornings; none in the demonstration or without a mail server."""
    if not is_on(settings):
        return []

    @dg.op(name="send_reminders", description="One mail to each unit with a mailbox that misses something.")
    def send(context: dg.OpExecutionContext) -> None:
        context.log.info(f"{send_mails(url, settings, dt.date.today())} mails")

    @dg.job(name="reminders", description="What is missing, by mail.", executor_def=dg.in_process_executor)
    def reminders() -> None:
        send()

    return [
        dg.ScheduleDefinition(
            name="weekly_reminders",
            job=reminders,
            cron_schedule="0 7 * * 1",
            execution_timezone=ZONE,
            default_status=dg.DefaultScheduleStatus.RUNNING,
            description="What is missing, each Monday.",
        )
    ]
